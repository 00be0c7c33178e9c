using Integration.Standalone;

return await StandaloneProgram.RunAsync(args);
