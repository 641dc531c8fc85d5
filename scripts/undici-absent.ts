/** Stands in for undici in the bundle; see scripts/bundle.ts. */
export class ProxyAgent {
  constructor() {
    throw new Error('this bundle carries no undici');
  }
}
