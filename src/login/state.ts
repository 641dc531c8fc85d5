/** The name under which the post step finds the directory that its main step made. */
export const DIRECTORY_STATE = 'directory';
