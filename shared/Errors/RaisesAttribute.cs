using Integration.Contracts;

namespace Integration.Errors;

/// <summary>
/// An error that an operation can end with: on the operation's class, or on the class that makes the error and that
/// operations name with <see cref="RaisesFromAttribute"/>. Reference pages are written from it.
/// </summary>
/// <param name="category">Decides the treatment.</param>
/// <param name="code">
/// As in <see cref="ErrorInfo.Code"/>, e.g. <c>no-such-key</c>; <see cref="AnyCode"/> where the task or a setting names the code.
/// </param>
/// <param name="meaning">What happened, in a sentence for an operator.</param>
/// <param name="remedy">What to do about it, in a sentence or two.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RaisesAttribute(ErrorCategory category, string code, string meaning, string remedy) : Attribute
{
    /// <summary>Stands for a code that the task or a setting names, as those of business errors often are.</summary>
    public const string AnyCode = "…";

    /// <summary>Decides the treatment.</summary>
    public ErrorCategory Category { get; } = category;

    /// <summary>E.g. <c>no-such-key</c>.</summary>
    public string Code { get; } = code;

    /// <summary>What happened.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>What to do about it.</summary>
    public string Remedy { get; } = remedy;
}
