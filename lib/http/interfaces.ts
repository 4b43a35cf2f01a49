import type { Answer, Call } from './call'
import { camaraDialect } from './camara/camara-dialect'
import { camaraRoutes } from './camara/camara-routes'
import { createDispatch, type Dispatch, refuseCall, type Refuser } from './dispatch'
import type { Dialect } from './dialect'
import type { ApiError } from './errors'
import { restDialect } from './rest-dialect'
import { oauthDialect } from './oauth/oauth-dialect'
import { oauthRoutes } from './oauth/oauth-routes'
import { parlayxDialect } from './parlayx/parlayx-dialect'
import { parlayxRoutes } from './parlayx/parlayx-routes'
import type { Addressed } from './router'
import { routes } from './routes'

/** One published interface: the paths that are its own, and who answers there. */
interface Interface {
  readonly prefix: string
  readonly dispatch: Dispatch
  refuse(refuser: Refuser, error: ApiError, call: Pick<Call, 'header'> | undefined): Answer
}

function speak<Row extends Addressed>(prefix: string, rows: readonly Row[], dialect: Dialect<Row>): Interface {
  return {
    prefix,
    dispatch: createDispatch(rows, dialect),
    refuse: (refuser, error, call) => refuseCall(refuser, error, call, dialect),
  }
}

const rest = speak('/', routes, restDialect)

/** The published interfaces, each with a form of its own; what is none of theirs is answered by our own API. */
const interfaces: readonly Interface[] = [
  speak('/camara/', camaraRoutes, camaraDialect),
  speak('/parlayx/', parlayxRoutes, parlayxDialect),
  speak('/oauth/', oauthRoutes, oauthDialect),
  speak('/.well-known/oauth-', oauthRoutes, oauthDialect),
  rest,
]

function interfaceOf(path: string | undefined): Interface {
  return interfaces.find(({ prefix }) => path?.startsWith(prefix)) ?? rest
}

/** Answers calls by the route tables; every host ends here. */
export const dispatch: Dispatch = (gateway, call) => interfaceOf(call.path).dispatch(gateway, call)

/** A call that its host could not even read, answered like any other error of the interface that it was meant for. */
export function refuse(refuser: Refuser, error: ApiError, call?: Pick<Call, 'header' | 'path'>): Answer {
  return interfaceOf(call?.path).refuse(refuser, error, call)
}
