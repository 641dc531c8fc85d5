/** One thing that a sign-in leaves behind. Values are secrets where a token is meant; whoever applies it masks first. */
export type StepEffect =
  | { readonly kind: 'file'; readonly path: string; readonly content: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  /** A file for people and tools, which holds no secret. */
  | { readonly kind: 'report'; readonly path: string; readonly content: string }
  | { readonly kind: 'output'; readonly name: string; readonly value: string }
  | { readonly kind: 'variable'; readonly name: string; readonly value: string }
  | { readonly kind: 'notice' | 'warning'; readonly text: string };
