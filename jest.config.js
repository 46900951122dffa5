/** @type {import('jest').Config} */
const project = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};

/**
 * `unit` needs nothing but Node; `api` needs a real API server, named by GATEWAY_DOCTOR_TEST_KUBECONFIG; `package`
 * needs the files of a release and much else, which scripts/prove makes ready.
 * @type {import('jest').Config}
 */
export default {
  // Modules are never let go of within one process: workers are replaced before they fill the memory.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...project,
      displayName: 'unit',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: ['/tests/api/', '/tests/package/proofs/'],
    },
    { ...project, displayName: 'api', testMatch: ['<rootDir>/tests/api/**/*.test.ts'] },
    { ...project, displayName: 'package', testMatch: ['<rootDir>/tests/package/proofs/**/*.test.ts'] },
  ],
};
