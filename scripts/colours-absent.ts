/** In place of supports-color, which `debug` takes when it happens to be there: only tools of development bring it. */
export const level = 0;
