/** Where the channel sends its notifications, of payments and of refunds. */
export const NOTIFY_PATH = '/wechat/pay/notifications';
