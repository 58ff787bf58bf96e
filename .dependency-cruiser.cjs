/** The rooms of the house and who may import whom (type imports included). */
const only = (room, allowed, comment) => ({
  name: `${room}-imports-only`,
  comment,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [`^src/${room}/`, ...allowed] },
});

/** Kinds of targets, each in a folder of its own. */
const KIND = '^src/deploy/(finspace|kubernetes)/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { path: '^(src|test|bench)' }, to: { circular: true } },
    {
      name: 'no-cycles-of-folders',
      scope: 'folder',
      severity: 'error',
      from: { path: '^src' },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^(src|test|bench)' },
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { path: '^src' },
      to: { path: '^(test|bench|scripts)' },
    },
    only('model', [], 'the nouns know nobody'),
    only('plan', ['^src/model/'], 'the vocabulary of plans knows no service'),
    only('package', ['^src/(model|plan)/'], 'packing knows the nouns only'),
    only('operations', ['^src/(model|plan)/'], 'operations know no service'),
    only('deploy', ['^src/(model|plan|package|operations)/'], 'domain'),
    {
      name: 'deploying-knows-no-kind-of-target',
      comment: 'kinds are handed in by the composition',
      severity: 'error',
      from: { path: '^src/deploy/', pathNot: KIND },
      to: { path: KIND },
    },
    {
      name: 'kinds-of-targets-are-composed-in-one-place',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/deploy/', '^src/commands/target-kinds\\.ts$'] },
      to: { path: KIND, dependencyTypesNot: ['type-only'] },
    },
    only('drain', ['^src/(model|plan)/'], 'what blocks a drain is worked out from facts alone'),
    only('nodegroup', ['^src/(model|plan|package|operations|drain)/'], 'domain'),
    only(
      'aws',
      [
        '^src/model/',
        '^src/(deploy|deploy/finspace|deploy/kubernetes|nodegroup|drain|kubernetes)/ports\\.ts$',
      ],
      'adapters translate, nothing else',
    ),
    only(
      'kubernetes',
      ['^src/model/', '^src/(drain|deploy/kubernetes)/ports\\.ts$'],
      "one cluster's API, translated, nothing else",
    ),
    {
      name: 'aws-takes-only-types-of-ports',
      severity: 'error',
      from: { path: '^src/aws/' },
      to: {
        path: '^src/(deploy|deploy/finspace|deploy/kubernetes|nodegroup|drain|kubernetes)/ports\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'view-shows-types',
      comment:
        'view may import model and plan, the types alone of what it shows, and what tells deployments from others',
      severity: 'error',
      from: { path: '^src/view/' },
      to: {
        path: '^src/(package|deploy|nodegroup|operations|drain)/',
        pathNot: '^src/deploy/port/operation-kind\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'view-imports-only',
      severity: 'error',
      from: { path: '^src/view/' },
      to: { path: '^src/(aws|kubernetes|commands|sandbox|extension|slipway)' },
    },
    {
      name: 'commands-do-not-reach-adapters',
      severity: 'error',
      from: { path: '^src/commands/' },
      to: { path: '^src/(sandbox|extension|slipway)' },
    },
    {
      name: 'only-the-loader-names-the-sdk-entry',
      comment: 'the SDK bundle is loaded on first use; its types alone may be named elsewhere',
      severity: 'error',
      from: { path: '^src/(commands|extension|slipway)' },
      to: { path: '^src/aws/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sandbox-is-independent',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: '^src/', pathNot: '^src/sandbox/' },
    },
    {
      name: 'nobody-imports-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sandbox/' },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'starting-stays-small',
      comment: 'extension.js registers; what works is in slipway.js, named by its types alone',
      severity: 'error',
      from: { path: '^src/extension' },
      to: { path: '^src/(slipway|commands|deploy|nodegroup|package)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sdk-only-in-aws',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(aws|kubernetes)/' },
      to: { path: '(^|node_modules/)@(aws-sdk|smithy)/' },
    },
    {
      name: 'vscode-only-at-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(view/|commands/|(extension\\.ts$|slipway(/|\\.ts$)))' },
      to: { path: '^(node_modules/@types/)?vscode(/|$)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};
