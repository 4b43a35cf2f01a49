-- How far the clock of a process's machine is off the database's. A process of the version before does not say.
alter table process_report add column clock_offset_ms integer not null default 0;
