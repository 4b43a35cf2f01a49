import { startOutsideWorld } from '../../../simulators/client'
import { connectTelcos } from './telcos'
import { describeTelcosContract, type TelcosUnderTest } from './telcos.contract'

async function start(connections: number): Promise<TelcosUnderTest> {
  const world = await startOutsideWorld()
  const connect = (timeLimitMs: number) =>
    connectTelcos(
      world.telcos.map((telco) => ({ ...telco, host: '127.0.0.1', connections })),
      { timeLimitMs },
    )
  const [telcos, hasty] = [connect(10_000), connect(300)]
  return {
    telcos,
    hasty,
    world,
    stop: async () => {
      await Promise.all([telcos.close(), hasty.close()])
      await world.stop()
    },
  }
}

describeTelcosContract('customer management systems over one TCP connection each', () => start(1))
describeTelcosContract('customer management systems over three TCP connections each', () => start(3))
