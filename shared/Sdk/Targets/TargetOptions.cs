using System.ComponentModel.DataAnnotations;

namespace Integration.Sdk;

/// <summary>How the external systems of a service are treated. Configuration section <c>Targets</c>.</summary>
public sealed class TargetOptions : TargetLimits, IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Targets";

    /// <summary>
    /// Longest time that a task waits for a target that is down or busy. After that the attempt is made, and what comes
    /// of it is left to error treatment. The default value is 5 minutes; the broker takes a task back after 30.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:20:00", ErrorMessage = "LongestWait must be between 0 and 20 minutes.")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Targets with limits of their own.</summary>
    public Dictionary<string, NamedTarget> Named { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, target) in Named)
        {
            if (target.Target.Length == 0)
                yield return new ValidationResult(
                    $"{Section}__Named__{name}__Target: it is not said which target this is. Write host and port as error "
                        + "messages do, e.g. api.example.org:443."
                );
            var problems = new List<ValidationResult>();
            Validator.TryValidateObject(target, new ValidationContext(target), problems, validateAllProperties: true);
            foreach (var problem in problems)
                yield return new ValidationResult($"{Section}__Named__{name}: {problem.ErrorMessage}");
        }
    }
}

/// <summary>A target with limits of its own.</summary>
public sealed class NamedTarget : TargetLimits
{
    /// <summary>Which one, as error messages write it: <c>api.example.org:443</c>.</summary>
    public string Target { get; set; } = "";
}
