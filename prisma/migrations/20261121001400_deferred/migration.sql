-- Deferred means: a payment that is accepted while a part of it is paid later (on delivery, by giro). What could be taken
-- stands in taken:order until the rest has come, or goes back because it has not.

alter table payment drop constraint payment_state_known,
  add constraint payment_state_known check (state in ('created', 'authorizing', 'confirming', 'authorized', 'capturing',
    'awaiting', 'paid', 'voiding', 'reversing', 'declined', 'cancelled', 'expired'));

alter table leg drop constraint leg_state_known,
  add constraint leg_state_known check (state in ('authorizing', 'authorized', 'declined', 'capturing', 'awaiting',
    'captured', 'voiding', 'voided', 'returning', 'returned'));
