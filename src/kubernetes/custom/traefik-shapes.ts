import { object, type Shape } from '../shape-of.ts';
import type { Middleware } from './traefik.ts';

export const middleware: Shape<Middleware> = {
  ...object,
  spec: { redirectScheme: { scheme: 'string', permanent: 'boolean' } },
};
