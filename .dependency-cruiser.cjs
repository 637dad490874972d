// Who may import whom: the table of ARCHITECTURE.md. A room may import what its line allows and nothing else.
const rooms = {
  shared: ['src/shared/', 'node_modules/zod'],
  engine: ['src/engine/', 'node_modules/@tensorflow/tfjs-core'],
  installer: ['src/installer/', 'src/shared/', 'node_modules/yauzl', 'node_modules/node-api-headers', 'node_modules/@tensorflow/tfjs-node-gpu'],
  data: ['src/data/', 'src/engine/', 'src/shared/'],
  formats: ['src/formats/', 'src/engine/', 'src/shared/', 'node_modules/zod', 'node_modules/protobufjs', 'node_modules/fflate'],
  training: ['src/training/', 'src/engine/', 'src/data/', 'src/shared/'],
  storage: ['src/storage/', 'src/shared/', 'node_modules/better-sqlite3', 'node_modules/zod'],
  sources: ['src/sources/', 'src/data/', 'src/shared/', 'node_modules/@duckdb', 'node_modules/read-excel-file', 'node_modules/fflate'],
  trainer: ['src/trainer/', 'src/training/', 'src/engine/', 'src/data/', 'src/formats/', 'src/shared/', 'node_modules/electron', 'node_modules/@tensorflow'],
  main: ['src/main/', 'src/shared/', 'src/storage/', 'src/sources/', 'src/data/', 'node_modules/electron', 'node_modules/zod'],
  exporter: ['src/exporter/', 'src/formats/', 'src/training/', 'src/engine/', 'src/data/', 'src/shared/', 'node_modules/onnxruntime', 'node_modules/@tensorflow', 'node_modules/fflate'],
  importer: ['src/importer/', 'src/exporter/', 'src/shared/', 'src/storage/'],
  preload: ['src/preload/', 'src/shared/', 'node_modules/electron'],
  renderer: ['src/renderer/', 'src/shared/'],
  cli: ['src/cli/', 'src/shared/', 'src/engine/', 'src/data/', 'src/training/', 'src/formats/', 'src/storage/', 'src/sources/', 'src/trainer/', 'src/installer/', 'src/exporter/', 'src/importer/'],
};
const usesNode = new Set(['storage', 'sources', 'installer', 'exporter', 'importer', 'trainer', 'main', 'cli']);
const escape = (text) => text.replace(/[.@/]/g, '\\$&');

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolved', severity: 'error', from: { pathNot: 'src/renderer/' }, to: { couldNotResolve: true } },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `${room}-imports`,
      severity: 'error',
      comment: `src/${room} may import only: ${allowed.join(', ')}${usesNode.has(room) ? ', Node' : ''}`,
      from: { path: `^src/${room}/`, pathNot: '\\.(test\\.ts|fixture\\.(mjs|ts))$' },
      to: room === 'renderer'
        ? { path: '^src/', pathNot: allowed.map((a) => `^${escape(a)}`) }
        : { pathNot: allowed.map((a) => `(^|/)${escape(a)}`), ...(usesNode.has(room) ? { dependencyTypesNot: ['core'] } : {}) },
    })),
    {
      name: 'main-data-in-reader-only',
      severity: 'error',
      comment: 'Main computes nothing: only its reader thread imports src/data and src/sources (types are free).',
      from: { path: '^src/main/', pathNot: '^src/main/reader/' },
      to: { path: '^src/(data|sources)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-feature-imports-no-other',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
    { name: 'renderer-no-node', severity: 'error', from: { path: '^src/renderer/' }, to: { dependencyTypes: ['core'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // AssemblyScript is compiled by its own compiler, from files that it generates.
    exclude: { path: '\\.generated\\.ts$|^src/engine/backends/wasm/assembly/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.vue', '.js', '.mjs', '.cjs', '.d.ts'] },
  },
};
