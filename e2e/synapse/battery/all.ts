import { accessCases } from './access.ts';
import type { Case } from './case.ts';
import { clientServerCases, limitCases } from './client-server.ts';
import { joinCases } from './joins.ts';
import { kickCases } from './kicks.ts';
import { mediaCases } from './media.ts';
import { moderationCases } from './moderation.ts';
import { profileCases } from './profile.ts';
import { reportCases } from './reports.ts';
import { roomsCases, roomWriteCases } from './rooms.ts';
import { userWriteCases } from './user-writes.ts';
import { serverCases } from './server.ts';
import { usersCases } from './users.ts';

/** In this order: what only reads comes first, each chapter's writes touch what later chapters don't look at. */
export const battery: readonly Case[] = [
  ...usersCases,
  ...roomsCases,
  ...clientServerCases,
  ...serverCases,
  ...mediaCases,
  ...joinCases,
  ...kickCases,
  ...moderationCases,
  ...roomWriteCases,
  ...userWriteCases,
  ...accessCases,
  ...profileCases,
  ...reportCases,
  ...limitCases,
];
