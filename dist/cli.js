import{createRequire}from'node:module';const require=createRequire(import.meta.url);
process.exitCode=2;
