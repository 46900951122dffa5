import { kubectl } from '../../kubernetes/command.ts';
import { isMeshed } from '../../kubernetes/mesh.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

const INBOUND = 'traffic.sidecar.istio.io/includeInboundPorts';
const UPSTREAM = 'nginx.ingress.kubernetes.io/service-upstream';
const HOST = 'nginx.ingress.kubernetes.io/upstream-vhost';

export const meshControllerInjected = defineRule({
  code: 'GD5112',
  name: 'mesh-controller-injected',
  title: 'the controller has a sidecar, and is not set up for one',
  hop: 'network',
  severity: 'info',
  confidence: 'suspect',
  explains: [],
  visits: 'controller',
  needs: ['pods'],

  *check({ trace, ingress, pods }) {
    if (trace.controller.profile.product !== 'ingress-nginx') return;
    const meshed = pods.find(isMeshed);
    if (meshed === undefined) return;
    const { annotations = {} } = ingress.metadata ?? {};
    const inbound = meshed.metadata?.annotations?.[INBOUND];
    // With both, nginx sends requests by the Service's name, which is what the sidecar routes by.
    if (annotations[UPSTREAM] === 'true' && annotations[HOST] !== undefined && inbound !== undefined) return;
    const object = referenceTo(meshed);
    const target = referenceTo(ingress);
    yield {
      object,
      message:
        'its sidecar sees requests to addresses of Pods, not to Services, and takes the incoming ones too',
      evidence: [
        fieldEvidence(object, 'spec.containers[istio-proxy]', 'present'),
        fieldEvidence(object, `metadata.annotations[${INBOUND}]`, inbound),
        fieldEvidence(target, `metadata.annotations[${UPSTREAM}]`, annotations[UPSTREAM]),
        fieldEvidence(target, `metadata.annotations[${HOST}]`, annotations[HOST]),
      ],
      fix: {
        summary: `where the mesh's routes do not take effect: set \`${UPSTREAM}: "true"\` and \`${HOST}\` on the Ingress, and \`${INBOUND}: ""\` on the controller's Pods`,
        commands: [
          {
            run: kubectl(object.namespace, 'logs', object.name, '-c', 'istio-proxy', '--tail=50'),
            effect: 'looks',
          },
        ],
      },
    };
  },
});
