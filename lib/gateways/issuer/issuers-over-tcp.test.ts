import { startOutsideWorld } from '../../../simulators/client'
import { connectIssuers } from './issuers'
import { describeIssuersContract } from './issuers.contract'
import type { IssuersUnderTest } from './issuers.contract'

async function start(connections: number): Promise<IssuersUnderTest> {
  const world = await startOutsideWorld()
  const connect = (timeLimitMs: number) =>
    connectIssuers(
      world.issuers.map(({ code, port, bins }) => ({
        code,
        host: '127.0.0.1',
        port,
        bins,
        acquirerId: '94000000001',
        terminalId: 'MOA00001',
        connections,
        timeLimitMs,
      })),
    )
  const [issuers, hasty] = [connect(10_000), connect(300)]
  return {
    issuers,
    hasty,
    world,
    stop: async () => {
      await Promise.all([issuers.close(), hasty.close()])
      await world.stop()
    },
  }
}

describeIssuersContract('issuers over one TCP connection each', () => start(1))
describeIssuersContract('issuers over three TCP connections each', () => start(3))
