/** Whether an address carries a user name or a password: it would be stored, shown in lists, and never be asked. */
export function hasCredentials(url: string): boolean {
  const { username = '', password = '' } = URL.parse(url) ?? {};
  return username !== '' || password !== '';
}

export const CREDENTIALS_REFUSED = 'It must carry no user name or password: it is shown to all who see the sources.';
