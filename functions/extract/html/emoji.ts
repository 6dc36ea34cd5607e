/** Signs of pictures, with what joins and tints them. */
const EMOJI =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3|[#*0-9]){1,12}$/u;
const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
/** Below this stands no sign of a picture but ©, ® and digits. */
const FIRST = 0x203c;

/** Whether the description of an image is an emoji, which the image only draws. */
export function isEmoji(alt: string | undefined): alt is string {
  if (alt === undefined || alt.length === 0 || alt.length > 16) return false;
  return (alt.charCodeAt(0) >= FIRST || alt.endsWith('\u20e3')) && EMOJI.test(alt) && PICTOGRAPH.test(alt);
}
