import { clusterOfTexts } from '../../src/cluster/file/open.ts';
import { diagnoseTarget } from '../../src/diagnose-target.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { Target } from '../../src/model/target.ts';
import { quietCluster } from './quiet/quiet.ts';

const text = JSON.stringify(quietCluster());
const cluster = clusterOfTexts('cluster.json', [{ name: 'cluster.json', role: { holds: 'objects' }, text }]);

async function diagnosesOf(target: Target): Promise<readonly Diagnosis[]> {
  return (await diagnoseTarget(cluster, target, {})).diagnoses;
}

/** What is said against an Ingress, or was not looked at. */
function accusations({ target, verdict, rootCauses, findings, notChecked }: Diagnosis): readonly unknown[] {
  const grave = findings.filter(({ severity }) => severity !== 'info');
  if (verdict === 'healthy' && rootCauses.length + grave.length + notChecked.length === 0) return [];
  return [{ target, verdict, rules: grave.map(({ rule, message }) => `${rule}: ${message}`), notChecked }];
}

describe('in a cluster without trouble no Ingress is accused', () => {
  test('when all are diagnosed together', async () => {
    const diagnoses = await diagnosesOf({ kind: 'all' });
    expect(diagnoses.length).toBeGreaterThanOrEqual(50);
    expect(diagnoses.flatMap(accusations)).toEqual([]);
  });

  // With one Ingress logs are read too.
  test('when each is diagnosed alone', async () => {
    const all = await diagnosesOf({ kind: 'all' });
    const alone: Diagnosis[] = [];
    for (const { target } of all) {
      const { namespace = '', name } = target;
      alone.push(...(await diagnosesOf({ kind: 'ingress', namespace, name })));
    }
    expect(alone.map(({ target }) => target)).toEqual(all.map(({ target }) => target));
    expect(alone.flatMap(accusations)).toEqual([]);
  });
});
