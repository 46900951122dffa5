import fc from 'fast-check';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { diagnoseTarget } from '../../src/diagnose-target.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { clusterOf } from '../rules/check.ts';
import { documents } from '../rules/shop-objects.ts';
import { historyOf, type Moment, REPLACED, STEPS, type Step } from './healthy-history.ts';

import.meta.jest.setTimeout(60_000);

/**
 * A cluster that goes on while it is read: each read of a round is answered at a moment of its own,
 * and no round is answered before the one that went before it.
 */
function changingCluster(history: readonly Moment[], nextDelay: () => number): Cluster {
  const clusters = new Map<number, Cluster>();
  let begun = 0;
  let reached = 0;

  function at(moment: number): Cluster {
    const objects = history[moment] ?? [];
    const known =
      clusters.get(moment) ?? clusterOf(`# without: ${REPLACED.join(', ')}\n${documents(...objects)}`);
    clusters.set(moment, known);
    return known;
  }
  async function later(): Promise<Cluster> {
    const moment = Math.min(history.length - 1, begun + nextDelay());
    reached = Math.max(reached, moment);
    // All reads of a round begin before any of them is answered.
    await new Promise((resolve) => setImmediate(resolve));
    begun = reached;
    return at(moment);
  }
  return {
    get: async (query) => (await later()).get(query),
    list: async (query) => (await later()).list(query),
    logs: async (query) => (await later()).logs(query),
    serverVersion: () => at(begun).serverVersion(),
    now: () => at(0).now(),
  };
}

async function diagnosisOf(cluster: Cluster): Promise<Diagnosis> {
  const target = { kind: 'ingress', namespace: 'shop', name: 'web' } as const;
  const [diagnosis] = (await diagnoseTarget(cluster, target, {})).diagnoses;
  if (diagnosis === undefined) throw new Error('nothing was diagnosed');
  return diagnosis;
}

function expectHealthy({ rootCauses, notChecked, verdict }: Diagnosis): void {
  expect(rootCauses.map(({ finding: { rule, message } }) => ({ rule, message }))).toEqual([]);
  expect(notChecked).toEqual([]);
  expect(verdict).toBe('healthy');
}

/** Changes of names, each of which takes a second look to see through: one such look is taken. */
const RENAMING: readonly Step[] = ['rename', 'move'];

const steps = fc
  .array(fc.record({ step: fc.constantFrom(...STEPS), pick: fc.nat(9) }), { minLength: 1, maxLength: 6 })
  .map((changes) => {
    const first = changes.findIndex(({ step }) => RENAMING.includes(step));
    return changes.filter(({ step }, index) => index === first || !RENAMING.includes(step));
  });

/** Few reads see the cluster go on, so that a history lasts through the rounds. */
const delays = fc.infiniteStream(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 5));

describe('a cluster that serves all the time', () => {
  test('is found healthy at every moment of its history', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        for (const moment of historyOf(taken)) {
          expectHealthy(await diagnosisOf(changingCluster([moment], () => 0)));
        }
      }),
      { numRuns: 10 },
    );
  });

  test('and changes while it is read is found healthy, too', async () => {
    await fc.assert(
      fc.asyncProperty(steps, delays, async (taken, stream) => {
        expectHealthy(await diagnosisOf(changingCluster(historyOf(taken), () => stream.next().value ?? 0)));
      }),
      { numRuns: 150 },
    );
  });

  test.each<[Step]>(STEPS.map((step) => [step]))('and does nothing but %s is found healthy', async (step) => {
    await fc.assert(
      fc.asyncProperty(delays, fc.nat(9), async (stream, pick) => {
        const history = historyOf([{ step, pick }]);
        expectHealthy(await diagnosisOf(changingCluster(history, () => stream.next().value ?? 0)));
      }),
      { numRuns: 60 },
    );
  });
});
