namespace Integration.ProcessCore.Feel;

/// <summary>What a single expression may use, so that none can stall or exhaust the core.</summary>
public static class FeelLimits
{
    /// <summary>Characters of an expression: 32,768.</summary>
    public const int Length = 32 * 1024;

    /// <summary>Expressions within expressions: 100.</summary>
    public const int Nesting = 100;

    /// <summary>Steps of one evaluation: 1,000,000. A step is about one operator, one iteration or one list item.</summary>
    public const int Steps = 1_000_000;

    /// <summary>Characters of a computed string: 1,048,576.</summary>
    public const int StringLength = 1024 * 1024;

    /// <summary>Lists and contexts within each other in a result: 60. Readers of JSON stop at 64 by default.</summary>
    public const int ResultNesting = 60;

    /// <summary>Warnings that one evaluation keeps: 10.</summary>
    public const int Warnings = 10;

    /// <summary>Time that all regular expressions of one evaluation may take together: 250 ms.</summary>
    public static readonly TimeSpan RegexTime = TimeSpan.FromMilliseconds(250);
}
