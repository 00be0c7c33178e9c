using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Hosting;

/// <summary><c>--help</c>: the settings of a service, read from the options classes and their doc comments.</summary>
internal static partial class SettingsHelp
{
    public static void Write(TextWriter output, IServiceProvider services)
    {
        var service = services.GetRequiredService<ServiceDescription>();
        output.WriteLine($"integration service '{service.Name}' {service.Version}");
        output.WriteLine();
        output.WriteLine("Settings come from the environment (Section__Name=value) or the command line");
        output.WriteLine("(--Section:Name=value), the command line first.");
        output.WriteLine();
        Setting(output, "Urls", $"Where it listens. The default value is http://127.0.0.1:{service.Port}.");
        Setting(output, "OTEL_EXPORTER_OTLP_ENDPOINT", "Where traces, metrics and logs go; nowhere unless set.");
        foreach (var section in services.GetServices<SettingsSection>())
            Write(output, section);
        output.WriteLine("Arguments");
        output.WriteLine(
            "  --health-check   asks the service running with the same settings; exit code 0 when it lives"
        );
        output.WriteLine("  --version        prints the version");
        foreach (var argument in services.GetServices<CommandLineArgument>())
            output.WriteLine($"  {argument.Name}   {argument.Text}");
        output.WriteLine();
        output.WriteLine("Exit codes: 0 stopped cleanly, 1 failed, 2 a setting is wrong.");
    }

    private static void Write(TextWriter output, SettingsSection section)
    {
        output.WriteLine(section.Name);
        Write(output, section.Name, section.Options);
        output.WriteLine();
    }

    private static void Write(TextWriter output, string prefix, Type options)
    {
        if (Named(options) is { } value)
        {
            Write(output, $"{prefix}__NAME", value);
            return;
        }

        var docs = Documentation(options.Assembly);
        foreach (var property in options.GetProperties())
        {
            var name = $"{prefix}__{property.Name}";
            if (Named(property.PropertyType) is { IsClass: true } named && named != typeof(string))
                Write(output, $"{name}__NAME", named);
            else if (property.CanWrite)
                Setting(
                    output,
                    $"  {name}",
                    docs.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "")
                );
        }
    }

    /// <summary>What a dictionary by name holds; null for what is none.</summary>
    private static Type? Named(Type options) =>
        options
            .GetInterfaces()
            .Append(options)
            .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>))
            ?.GenericTypeArguments[1];

    private static void Setting(TextWriter output, string name, string text)
    {
        output.WriteLine(name);
        if (text.Length > 0)
            output.WriteLine($"      {text}");
    }

    private static Dictionary<string, string> Documentation(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(file))
            return [];
        return XDocument
            .Load(file)
            .Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")));
    }

    private static string Text(XElement? summary)
    {
        if (summary is null)
            return "";
        foreach (var see in summary.Descendants("see").ToList())
            see.ReplaceWith(see.Attribute("cref")?.Value.Split('.')[^1] ?? "");
        return Whitespace().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whitespace();
}
