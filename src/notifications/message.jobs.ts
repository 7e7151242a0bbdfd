import { defineJob } from '#jobs';

/** Scheduled: sends what is due of the messages that people have allowed. */
export const deliverDueMessages = defineJob<Record<string, never>>('notifications.deliverDue');
