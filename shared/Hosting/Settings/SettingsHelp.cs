using Microsoft.Extensions.DependencyInjection;

namespace Integration.Hosting;

/// <summary><c>--help</c>: the settings of a service, read from the options classes and their doc comments.</summary>
internal static class SettingsHelp
{
    public static void Write(TextWriter output, IServiceProvider services)
    {
        var service = services.GetRequiredService<ServiceDescription>();
        output.WriteLine($"integration service '{service.Name}' {service.Version}");
        output.WriteLine();
        output.WriteLine("Settings come from the environment (Section__Name=value) or the command line");
        output.WriteLine("(--Section__Name=value), the command line first.");
        output.WriteLine();
        Setting(output, "Urls", $"Where it listens. The default value is http://127.0.0.1:{service.Port}.");
        Setting(output, "OTEL_EXPORTER_OTLP_ENDPOINT", "Where traces, metrics and logs go; nowhere unless set.");
        foreach (var section in services.GetServices<SettingsSection>())
            Write(output, section);
        output.WriteLine("Arguments");
        output.WriteLine(
            "  --health-check   asks the service running with the same settings; exit code 0 when it lives"
        );
        output.WriteLine("  --help           prints this");
        output.WriteLine("  --version        prints the version");
        foreach (var argument in services.GetServices<CommandLineArgument>())
            output.WriteLine($"  {argument.Name}   {argument.Text}");
        output.WriteLine();
        output.WriteLine("Exit codes: 0 stopped cleanly, 1 failed, 2 a setting or argument is wrong.");
    }

    private static void Write(TextWriter output, SettingsSection section)
    {
        output.WriteLine(section.Level);
        foreach (var setting in SettingDescription.Of(section))
            Setting(output, $"  {setting.Name}", setting.Meaning(DocStyle.Plain));
        output.WriteLine();
    }

    private static void Setting(TextWriter output, string name, string text)
    {
        output.WriteLine(name);
        if (text.Length > 0)
            output.WriteLine($"      {text}");
    }
}
