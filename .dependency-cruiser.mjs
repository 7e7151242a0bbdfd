/** The modules in order: each imports only from those named before it. Calls go back, facts go forward (docs/ARCHITECTURE.md). */
export const MODULES = [
  'common',
  'jobs',
  'wechat',
  'identity',
  'audit',
  'privacy',
  'media',
  'ledger',
  'risk',
  'sharing',
  'catalog',
  'community',
  'referrals',
  'marketing',
  'payments',
  'reconciliation',
  'orders',
  'teams',
  'fulfilment',
  'after-sale',
  'recalls',
  'invoices',
  'payouts',
  'commissions',
  'content',
  'live',
  'recommend',
  'forecasting',
  'routing',
  'support',
  'notifications',
  'invariants',
  'api',
];

const folder = (modules) => `^src/(${modules.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...MODULES.slice(0, -1).map((module, index) => ({
      name: `${module}-imports-only-earlier-modules`,
      severity: 'error',
      from: { path: folder([module]) },
      to: { path: folder(MODULES.slice(index + 1)) },
    })),
    {
      name: 'only-through-the-index',
      comment: 'What another module may use is what its index.ts exports.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/([^/]+)/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$', '^src/[^/]+\\.ts$'] },
    },
    {
      name: 'the-emulator-is-another-world',
      comment: 'It plays WeChat; sharing code with our side would let both be wrong together.',
      severity: 'error',
      from: { path: '^src/emulator/' },
      to: { path: '^src/(?!emulator/)' },
    },
    {
      name: 'nothing-imports-the-emulator',
      severity: 'error',
      from: { path: '^src/(?!emulator/)' },
      to: { path: '^src/emulator/' },
    },
    {
      name: 'modules-do-not-import-the-processes',
      severity: 'error',
      from: { path: folder(MODULES) },
      to: { path: '^src/([^/]+\\.ts|cli/)' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^(src|migrations)',
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'default'] },
  },
};
