import { faultSignal } from '../../kubernetes/crash.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { crashEvidence, crashesOfKind, crashLog, crashWeight } from '../shared/crash-report.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { showLog, undoRollout } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';

const ILLEGAL_INSTRUCTION = 132;

export const podCrashSignal = defineRule({
  code: 'GD4132',
  name: 'pod-crash-signal',
  title: 'the program of a container is ended by a fault of its own: an abort, a segmentation fault',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events', 'logs', 'node'],

  *check({ now, backend, pod, owner, events, logs, node }) {
    for (const crash of crashesOfKind({ now, backend, pod, events }, 'ended by a signal')) {
      const { name, status } = crash.container;
      const code = crash.ended?.exitCode;
      const isWrongCpu = code === ILLEGAL_INSTRUCTION;
      yield {
        object: referenceTo(pod),
        message: `container \`${name}\` is ended by ${faultSignal(code) ?? 'a signal'} (exit code ${code ?? ''})`,
        ...crashWeight(crash, backend),
        evidence: [...crashEvidence(crash, pod, logs), ...(isWrongCpu ? processorEvidence(node) : [])],
        fix: {
          summary: isWrongCpu
            ? 'build the program for the processors of the Nodes, or choose Nodes that have what it needs'
            : adviceFor(crashLog(crash, logs)?.line),
          commands: [
            showLog(pod, name, status?.state?.terminated === undefined),
            ...undoRollout(backend, owner),
          ],
        },
      };
    }
  },
});

/** Runtimes with a heap of their own abort when it is full. */
function adviceFor(line: string | undefined): string {
  return /heap out of memory|Allocation failed|OutOfMemory|std::bad_alloc/i.test(line ?? '')
    ? "let the program's heap and the memory limit of the container grow, or find what fills it"
    : 'read what the program wrote last, and run it under a debugger; go back to the version before if that is new';
}

const ARCHITECTURE = 'kubernetes.io/arch';

function processorEvidence(node: Node | undefined): readonly Evidence[] {
  if (node === undefined) return [];
  return [
    fieldEvidence(
      referenceTo(node),
      `metadata.labels[${ARCHITECTURE}]`,
      node.metadata?.labels?.[ARCHITECTURE],
    ),
  ];
}
