import type { Report } from '../model.ts';
import type { Section } from './blocks.ts';
import { findingsSection, fixSection, undecidedSection } from './finding-sections.ts';
import {
  chainSection,
  identitySection,
  migrationSection,
  probesSection,
  rolesSection,
} from './identity-sections.ts';
import { comparisonSection, otherCredentialsSection } from './trust-sections.ts';

/** What there is to tell beyond the verdict, in the order in which it is told; sections without content are left out. */
export function sectionsOf(report: Report): readonly Section[] {
  return [
    comparisonSection(report),
    otherCredentialsSection(report),
    findingsSection(report),
    undecidedSection(report),
    fixSection(report),
    migrationSection(report),
    probesSection(report),
    identitySection(report),
    rolesSection(report),
    chainSection(report),
  ].filter(({ blocks }) => blocks.length > 0);
}
