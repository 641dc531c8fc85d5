import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An extension in a directory of az's: one command, `az greet`. */
export function writeExtension(directory: string): void {
  const extension = join(directory, 'cliextensions', 'greeting');
  const module = join(extension, 'azext_greeting');
  const metadata = join(extension, 'greeting-1.0.0.dist-info');
  for (const path of [module, metadata]) mkdirSync(path, { recursive: true });
  writeFileSync(join(metadata, 'METADATA'), 'Metadata-Version: 2.1\nName: greeting\nVersion: 1.0.0\n');
  writeFileSync(join(metadata, 'top_level.txt'), 'azext_greeting\n');
  writeFileSync(
    join(metadata, 'metadata.json'),
    JSON.stringify({ name: 'greeting', version: '1.0.0', extras: [] }),
  );
  writeFileSync(
    join(module, '__init__.py'),
    [
      'from azure.cli.core import AzCommandsLoader',
      '',
      'def greet():',
      "    return 'good morning'",
      '',
      'class GreetingLoader(AzCommandsLoader):',
      '    def __init__(self, cli_ctx=None):',
      '        from azure.cli.core.commands import CliCommandType',
      "        super().__init__(cli_ctx=cli_ctx, custom_command_type=CliCommandType(operations_tmpl='azext_greeting#{}'))",
      '    def load_command_table(self, args):',
      "        with self.command_group('') as group:",
      "            group.custom_command('greet', 'greet')",
      '        return self.command_table',
      '    def load_arguments(self, command):',
      '        pass',
      '',
      'COMMAND_LOADER_CLS = GreetingLoader',
      '',
    ].join('\n'),
  );
}
