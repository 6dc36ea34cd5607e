import { type Command, Option } from 'commander';
import { STACK_NAME } from '../../functions/names.ts';

/** Options of every command that works on a stack. */
export function addStackOptions(command: Command): Command {
  return command
    .addOption(new Option('--local', 'work on the running local stack (the default while one runs)'))
    .option('--data <folder>', 'work on the local stack that keeps its data here, as `npm start -- --data` was told')
    .addOption(new Option('--no-local', 'work on AWS, also while a local stack runs'))
    .option('--profile <name>', 'work on AWS with this profile')
    .option('--region <region>', 'work on AWS in this region')
    .option('--stack <name>', `name of the CloudFormation stack (default: ${STACK_NAME})`);
}
