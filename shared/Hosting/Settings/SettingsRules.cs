using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Integration.Hosting;

/// <summary>
/// Holds options at start against the rules that stand on them: data annotations, and <see cref="IValidatableObject"/> for what two
/// settings have to do with each other. Each failure is the rule's own message, which names the setting.
/// </summary>
/// <param name="section">Put before a message that names the setting without it.</param>
internal sealed class SettingsRules<T>(string section) : IValidateOptions<T>
    where T : class
{
    private readonly string _prefix = $"{section.Replace(":", "__", StringComparison.Ordinal)}__";

    public ValidateOptionsResult Validate(string? name, T options)
    {
        var broken = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), broken, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(broken.Select(rule => Named(rule.ErrorMessage!)));
    }

    private string Named(string message) =>
        message.StartsWith(_prefix, StringComparison.Ordinal) ? message : _prefix + message;
}
