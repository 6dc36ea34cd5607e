import { recordJsonSchema, renderFieldTable } from '../../functions/article/render/schema.ts';
import { type AddCommand, examples } from './command.ts';

interface Options {
  json?: true;
  fields?: true;
}

export const schemaCommand: AddCommand = (program, io, finish) => {
  program
    .command('schema')
    .summary('print the JSON Schema of the record')
    .description('Print the JSON Schema of the record, or its fields as a Markdown table.')
    .option('--json', 'JSON Schema (the default)')
    .option('--fields', 'a Markdown table with a row for every field')
    .addHelpText('after', examples('copydesk schema > record.schema.json', 'copydesk schema --fields'))
    .action((options: Options) => {
      io.stdout.write(
        options.fields && !options.json
          ? `${renderFieldTable()}\n`
          : `${JSON.stringify(recordJsonSchema(), null, 2)}\n`,
      );
      finish(true);
    });
};
