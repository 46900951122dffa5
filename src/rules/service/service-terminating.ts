import { kubectl } from '../../kubernetes/command.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const serviceTerminating = defineRule({
  code: 'GD2114',
  name: 'service-terminating',
  title: 'the Service is being deleted',
  hop: 'service',
  severity: 'low',
  confidence: 'certain',
  explains: [],
  visits: 'service',
  needs: [],

  *check({ service }) {
    const { deletionTimestamp, finalizers = [] } = service.metadata ?? {};
    if (deletionTimestamp === undefined) return;
    const object = referenceTo(service);
    const { namespace, name } = object;
    yield {
      object,
      message: 'is being deleted: requests fail as soon as its finalizers are done',
      evidence: [
        fieldEvidence(object, 'metadata.deletionTimestamp', deletionTimestamp),
        fieldEvidence(object, 'metadata.finalizers', finalizers.join(', ') || 'none'),
      ],
      fix: {
        summary: 'let the deletion finish and create the Service anew, if it was deleted by mistake',
        commands: [
          { run: kubectl(namespace, 'get', 'service', name, '-o', 'yaml'), effect: 'looks' },
          { run: kubectl(namespace, 'describe', 'service', name), effect: 'looks' },
        ],
      },
      since: deletionTimestamp,
    };
  },
});
