import type { Uuid } from '../ids'

/**
 * A line whose holder has proved control of it elsewhere, as the phone number in a token does. Only our own code can make
 * one: what a client sends is data, and never an instance of this class, so it cannot stand for one.
 */
export class ProvenLine {
  constructor(readonly lineId: Uuid) {}
}
