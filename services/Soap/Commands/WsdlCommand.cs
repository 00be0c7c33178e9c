using Integration.Errors;
using Integration.Hosting;
using Integration.Soap.Services;
using Integration.Soap.Wsdl;
using Microsoft.Extensions.Options;

namespace Integration.Soap.Commands;

/// <summary>
/// <c>--wsdl FILE|ADDRESS|SERVICE</c>: shows what a WSDL offers, with an example input for each operation. For the designer of a process.
/// </summary>
internal static class WsdlCommand
{
    private const string Argument = "--wsdl";
    private const string Operation = "--operation";

    public static CommandLineArgument Help { get; } =
        new(
            $"{Argument} FILE|ADDRESS|SERVICE [{Operation} NAME]",
            "lists the operations of a WSDL with example inputs; exit code 0, 1 when it cannot be used"
        );

    public static bool IsWanted(string[] args) => args is [Argument, ..];

    /// <returns>0 when it is shown, 1 when the WSDL cannot be had or used, 2 when an argument or a setting is wrong.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        Func<string[], Action<WebApplicationBuilder>?, WebApplication> create,
        TextWriter output,
        TextWriter errors
    )
    {
        if (args is not [Argument, var source, .. var rest])
            return await UsageAsync(errors);
        string? operation = null;
        if (rest is [Operation, var name, .. var further])
            (operation, rest) = (name, further);
        if (source.StartsWith("--", StringComparison.Ordinal))
            return await UsageAsync(errors, $"'{source}' is where the WSDL belongs. ");
        if (rest.FirstOrDefault(IsNoSetting) is { } odd)
            return await UsageAsync(errors, $"There is no option '{odd}'. ");
        try
        {
            await using var app = create(rest, builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
            if (ArgumentCheck.Problem(rest, app.Services) is { } problem)
            {
                await errors.WriteLineAsync(problem);
                return 2;
            }

            return await TellAsync(app.Services, source, operation, output, errors);
        }
        catch (OptionsValidationException e)
        {
            foreach (var failure in e.Failures)
                await errors.WriteLineAsync($"Wrong setting: {failure}");
            return 2;
        }
        catch (TaskErrorException e)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> TellAsync(
        IServiceProvider services,
        string source,
        string? operation,
        TextWriter output,
        TextWriter errors
    )
    {
        var catalog = services.GetRequiredService<ServiceCatalog>();
        var configured = catalog.Find(source);
        var location = configured?.Location ?? Location(source);
        if (location is null)
        {
            await errors.WriteLineAsync(
                $"'{source}' is neither a file, nor an http or https address, nor a configured service."
            );
            return 2;
        }

        var wsdl = await services
            .GetRequiredService<IWsdlReader>()
            .ReadAsync(location, configured?.WsdlAuthentication, CancellationToken.None);
        if (operation is not null && !wsdl.Ports.Any(port => port.Operations.ContainsKey(operation)))
        {
            var known = wsdl.Ports.SelectMany(port => port.Operations.Keys).Distinct().Order(StringComparer.Ordinal);
            await errors.WriteLineAsync(
                $"{location} has no operation '{operation}'. It has: {string.Join(", ", known)}."
            );
            return 2;
        }

        await new WsdlText(wsdl, configured?.Name, operation).WriteAsync(output);
        return 0;
    }

    private static Uri? Location(string source) =>
        File.Exists(source) ? new Uri(Path.GetFullPath(source))
        : Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : null;

    private static bool IsNoSetting(string argument) =>
        !argument.StartsWith("--", StringComparison.Ordinal) || !argument.Contains('=', StringComparison.Ordinal);

    private static async Task<int> UsageAsync(TextWriter errors, string reason = "")
    {
        await errors.WriteLineAsync(
            $"{reason}Usage: {Argument} FILE|ADDRESS|SERVICE [{Operation} NAME] [--Section__Name=value]"
        );
        return 2;
    }
}
