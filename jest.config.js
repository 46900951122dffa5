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
 * `unit` needs nothing but Node; `api` needs a real API server, named by GATEWAY_DOCTOR_TEST_KUBECONFIG.
 * @type {import('jest').Config}
 */
export default {
  projects: [
    {
      ...project,
      displayName: 'unit',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: ['/tests/api/'],
    },
    { ...project, displayName: 'api', testMatch: ['<rootDir>/tests/api/**/*.test.ts'] },
  ],
};
