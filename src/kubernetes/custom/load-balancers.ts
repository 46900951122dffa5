import type { KubeObject } from '../types.ts';

/** metallb.io IPAddressPool (https://metallb.universe.tf/apis/). */
export interface IpAddressPool extends KubeObject {
  readonly spec?: {
    /** `192.0.2.0/24` or `192.0.2.1-192.0.2.9`. */
    readonly addresses?: readonly string[];
    /** Absent: true. Otherwise only Services that ask for the pool get an address of it. */
    readonly autoAssign?: boolean;
  };
}

/** cloud.google.com BackendConfig (https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration). */
export interface BackendConfig extends KubeObject {
  readonly spec?: {
    readonly healthCheck?: {
      /** `HTTP`, `HTTPS` or `HTTP2`. */
      readonly type?: string;
      readonly requestPath?: string;
      /** Of the Pods with network endpoint groups, of the Nodes otherwise. */
      readonly port?: number;
    };
  };
}

/** The annotation by which a Service names its BackendConfigs: `{"default":"web"}` or `{"ports":{"80":"web"}}`. */
export const BACKEND_CONFIG_ANNOTATION = 'cloud.google.com/backend-config';
