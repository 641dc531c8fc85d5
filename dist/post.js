import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-5L6Q6DU4.js";
