import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-JJ47MC24.js";
