import { encodeValue, type Subject, type SubjectContext, type SubjectRepository } from './parse.ts';

/** The text of a subject; the inverse of parsing one. */
export function printSubject(subject: Subject): string {
  if (subject.form === 'custom') return subject.text;
  const prefix = printPrefix(subject.repository);
  return subject.context === null ? prefix : `${prefix}:${printContext(subject.context)}`;
}

/** `repo:OWNER/REPO`, with the ids where they are known. */
export function printPrefix({ owner, ownerId, name, repositoryId }: SubjectRepository): string {
  const id = (text: string | null) => (text === null ? '' : `@${text}`);
  return `repo:${owner}${id(ownerId)}/${name}${id(repositoryId)}`;
}

/** What follows the repository in a default subject. */
export function printContext(context: SubjectContext): string {
  switch (context.kind) {
    case 'environment':
      return `environment:${encodeValue(context.environment)}`;
    case 'pull-request':
      return 'pull_request';
    case 'branch':
      return `ref:refs/heads/${context.branch}`;
    case 'tag':
      return `ref:refs/tags/${context.tag}`;
    case 'merge-queue':
      return `ref:refs/heads/gh-readonly-queue/${context.base}/pr-${context.pullRequest}-${context.sha}`;
    case 'ref':
      return `ref:${context.ref}`;
    case 'other':
      return context.text;
  }
}
