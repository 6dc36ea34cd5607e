import { Construct } from 'constructs';
import type { Options } from './options.ts';

export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, _options: Pick<Options, 'alarmEmail'>) {
    super(scope, id);
  }
}
