/**
 * Which way imports point (docs/ARCHITECTURE.md). `npm run lint` fails when an arrow is turned round.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const TEST = '[.](test|contract|fixtures)[.]ts$'

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'lib-stands-alone',
      severity: 'error',
      comment: 'lib knows neither pages, nor simulators, nor the SDK.',
      from: { path: '^lib/', pathNot: TEST },
      to: { path: '^(app|components|simulators|sdk|examples|scripts|bench|e2e|test)/' },
    },
    {
      name: 'money-imports-nothing',
      severity: 'error',
      from: { path: '^lib/money/', pathNot: TEST },
      to: { path: '^lib/', pathNot: '^lib/money/' },
    },
    {
      name: 'ledger-knows-no-payments',
      severity: 'error',
      from: { path: '^lib/ledger/', pathNot: TEST },
      to: { path: '^lib/(payments|modules|merchants|wallet|http|auth|jobs|gateways)/' },
    },
    {
      name: 'payments-name-no-module',
      severity: 'error',
      comment: 'Payments know the module interface and are handed the list.',
      from: { path: '^lib/payments/', pathNot: TEST },
      to: { path: '^lib/modules/', pathNot: '^lib/modules/(payment-module|payment-moves)[.]ts$' },
    },
    {
      name: 'only-the-root-builds',
      severity: 'error',
      from: { path: '^lib/', pathNot: ['^lib/gateway[.]ts$', '^lib/jobs/', '^lib/http/', TEST] },
      to: { path: '^lib/gateway[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'components-take-data',
      severity: 'error',
      comment: 'Components are given data and types, never a store or a gateway.',
      from: { path: '^components/' },
      to: {
        path: '^lib/',
        pathNot: '^lib/(money|vcard|cards/card-number|trust/browser-chain)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'sdk-stands-alone',
      severity: 'error',
      from: { path: '^sdk/', pathNot: TEST },
      to: { path: '^(lib|app|components|simulators|examples|scripts|bench|e2e)/' },
    },
    {
      name: 'shop-uses-only-the-sdk',
      severity: 'error',
      from: { path: '^examples/shop/', pathNot: TEST },
      to: { path: '^(lib|app|components|simulators|scripts|bench|e2e)/' },
    },
    {
      name: 'simulators-stand-alone',
      severity: 'error',
      comment: 'The outside world is written from the link profiles, not from our adapters.',
      from: { path: '^simulators/', pathNot: TEST },
      to: { path: '^(lib|app|components|sdk|examples|bench|e2e)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|[.]next|[.]data|lib/db/generated)(/|$)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
  },
}
