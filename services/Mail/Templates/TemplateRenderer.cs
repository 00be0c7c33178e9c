using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using HandlebarsDotNet;
using Integration.Errors;
using Microsoft.Extensions.Options;

namespace Integration.Mail.Templates;

/// <summary>
/// Fills Handlebars templates. In HTML every value is escaped; a value that is missing is an error and never an empty place
/// in somebody's letter.
/// </summary>
internal sealed partial class TemplateRenderer(IOptions<MailOptions> options)
{
    // Compiling takes milliseconds, and processes send the same letter again and again.
    private const int Kept = 256;

    private readonly ConcurrentDictionary<
        (string Template, bool Html),
        HandlebarsTemplate<TextWriter, object, object>
    > _compiled = new();
    private readonly IHandlebars _html = Handlebars.Create(Configuration(escape: true));
    private readonly IHandlebars _text = Handlebars.Create(Configuration(escape: false));

    public string Text(string template, TemplateValues values, string field) =>
        Render(template, values, field, html: false);

    public string Html(string template, TemplateValues values, string field)
    {
        if (Unescaped().IsMatch(template))
            throw InvalidInput.At(field, "has three braces ({{{), which would not escape a value. Write {{name}}.");
        return Render(template, values, field, html: true);
    }

    private string Render(string template, TemplateValues values, string field, bool html)
    {
        if (Partial().IsMatch(template))
            throw InvalidInput.At(
                field,
                "uses a partial ({{> or {{#*), which is not supported. Write its text in place."
            );
        var output = new BoundedWriter(options.Value.MaxBodyLength, field);
        try
        {
            Compile(template, html)(output, values.Root, null!);
            return output.ToString();
        }
        // Nothing was sent yet, so whatever a template breaks, it is the template's fault and no doubt.
        catch (Exception e) when (IsTooLong(e))
        {
            throw BoundedWriter.TooLong(options.Value.MaxBodyLength, field);
        }
        catch (Exception e) when (Undefined().Match(e.Message) is { Success: true } missing)
        {
            throw InvalidInput.At(
                "values",
                $"has no '{missing.Groups["name"].Value}', which the template inputs.{field} uses. Send it; null stands for nothing."
            );
        }
        catch (Exception e)
        {
            throw InvalidInput.At(field, $"is no template that can be filled: {OneLine(e.Message)}");
        }
    }

    private static bool IsTooLong(Exception? e) =>
        e is VolumetricErrorException || (e is not null && IsTooLong(e.InnerException));

    private HandlebarsTemplate<TextWriter, object, object> Compile(string template, bool html)
    {
        if (_compiled.TryGetValue((template, html), out var compiled))
            return compiled;
        if (_compiled.Count >= Kept)
            _compiled.Clear();
        using var reader = new StringReader(template);
        compiled = (html ? _html : _text).Compile(reader);
        _compiled[(template, html)] = compiled;
        return compiled;
    }

    private static HandlebarsConfiguration Configuration(bool escape)
    {
        var configuration = new HandlebarsConfiguration
        {
            ThrowOnUnresolvedBindingExpression = true,
            NoEscape = !escape,
        };
        configuration.FormatterProviders.Add(new ValueFormatters());
        return configuration;
    }

    private static string OneLine(string message) => Whitespace().Replace(message, " ").Trim();

    [GeneratedRegex(@"\{\{\{|\{\{~?&", RegexOptions.None, 1000)]
    private static partial Regex Unescaped();

    [GeneratedRegex(@"\{\{~?\s*(>|#\s*[>*])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Partial();

    [GeneratedRegex("^(?<name>.+) is undefined$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Undefined();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Whitespace();
}
