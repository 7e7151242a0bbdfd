/** WeChat's times and days are those of China, wherever the shop is; it has no daylight saving time. */
export const CHINA_OFFSET_SECONDS = 8 * 3_600;
