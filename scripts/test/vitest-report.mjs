// A Vitest reporter: like its JSON report, and with the reason that a skipped test gives (context.skip('why')).
import { writeFileSync } from 'node:fs';

export default class {
  /**
   * @param {import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()].map((test) => {
      const result = test.result();
      return { name: `${module.relativeModuleId}: ${test.fullName}`, state: result.state, reason: result.state === 'skipped' ? result.note : undefined };
    }));
    const brokenFiles = modules.filter((module) => module.errors().length > 0).map((module) => module.relativeModuleId);
    writeFileSync(process.env.UNROLL_UNIT_REPORT, JSON.stringify({ tests, brokenFiles, unhandledErrors: unhandledErrors.length }));
  }
}
