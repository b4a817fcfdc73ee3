import type { Command } from 'commander';

/** The help of every command as one Markdown page. */
export function renderCliPage(program: Command): string {
  const sections = [program, ...program.commands].map((command) => {
    const name = command === program ? program.name() : `${program.name()} ${command.name()}`;
    let help = '';
    command.configureOutput({
      writeOut: (text) => {
        help += text;
      },
      getOutHelpWidth: () => 100,
      getOutHasColors: () => false,
    });
    command.outputHelp();
    return `## ${name}\n\n\`\`\`\n${help.trimEnd()}\n\`\`\`\n`;
  });
  return `# Commands\n\nGenerated from the declarations that the program runs on (\`npm run update\`).\n\n${sections.join('\n')}`;
}
