/** As much of npm smpp 0.5.1 as is used here and by the outside world; the package brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer, Socket } from 'node:net'

  export interface Pdu {
    readonly command: string
    readonly command_status: number
    readonly sequence_number: number
    readonly system_id?: string
    readonly password?: string
    readonly message_id?: string
    readonly service_type?: string
    readonly source_addr?: string
    readonly destination_addr?: string
    readonly esm_class?: number
    readonly data_coding?: number
    readonly registered_delivery?: number
    readonly short_message?: { readonly message?: string | Uint8Array; readonly udh?: readonly Uint8Array[] }
    readonly receipted_message_id?: string
    readonly message_state?: number
    isResponse(): boolean
    response(fields?: object): Pdu
  }

  export interface Session extends EventEmitter {
    readonly socket: Socket
    /** False when the connection cannot be written to any more. */
    send(pdu: Pdu, answered?: (answer: Pdu) => void): boolean
    bind_transceiver(fields: object, answered: (answer: Pdu) => void): boolean
    submit_sm(fields: object, answered: (answer: Pdu) => void): boolean
    deliver_sm(fields: object, answered: (answer: Pdu) => void): boolean
    enquire_link(answered: (answer: Pdu) => void): boolean
    unbind(answered: (answer: Pdu) => void): boolean
    close(closed?: () => void): void
    destroy(closed?: () => void): void
  }

  export interface Server extends NetServer {
    readonly sessions: readonly Session[]
  }

  const smpp: {
    connect(options: { host: string; port: number; tls?: boolean }): Session
    createServer(taken: (session: Session) => void): Server
  }
  export default smpp
}
