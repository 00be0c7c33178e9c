using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Runtime;

/// <summary>One evaluation: its clock, its warnings and what it has used up of its limits.</summary>
internal sealed class Evaluation(TimeProvider time)
{
    private const int CharactersPerStep = 50;
    private const int ItemsPerStep = 10;

    private int _steps;
    private TimeSpan _regexTime;
    private List<string>? _warnings;

    public TimeProvider Time => time;

    public IReadOnlyList<string> Warnings => _warnings ?? (IReadOnlyList<string>)[];

    /// <summary>Called for each node: bounds the work and, as functions may call themselves, the stack.</summary>
    public void Step()
    {
        Spend(1);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new FeelEvaluationException(
                "The expression calls functions or nests values too deeply; end the recursion earlier."
            );
    }

    public void Spend(int steps)
    {
        _steps += steps;
        if ((uint)_steps > FeelLimits.Steps)
            throw new FeelEvaluationException(
                $"The expression takes more than {FeelLimits.Steps} steps; iterate over less, or compute this in a service."
            );
    }

    /// <summary>Refuses a string before it is built.</summary>
    public void CheckLength(long length)
    {
        if (length > FeelLimits.StringLength)
            throw new FeelEvaluationException(
                $"The expression builds a string of more than {FeelLimits.StringLength} characters; keep large text out of variables."
            );
        Spend((int)length / CharactersPerStep);
    }

    /// <summary>Charges for a value that is about to be read as a whole.</summary>
    public void SpendOn(FeelValue value)
    {
        if (value is FeelString text)
            Spend(text.Value.Length / CharactersPerStep);
        else if (value is FeelList list)
            Spend(list.Items.Count / ItemsPerStep);
    }

    /// <summary>Runs a match within what is left of the time for regular expressions.</summary>
    public T Match<T>(Func<T> match)
    {
        if (_regexTime > FeelLimits.RegexTime)
            throw RegexTimeExceeded();
        var started = Stopwatch.GetTimestamp();
        try
        {
            return match();
        }
        catch (RegexMatchTimeoutException)
        {
            throw RegexTimeExceeded();
        }
        finally
        {
            _regexTime += Stopwatch.GetElapsedTime(started);
        }
    }

    /// <summary>Null, and why.</summary>
    public FeelValue Null(string reason)
    {
        _warnings ??= [];
        if (_warnings.Count < FeelLimits.Warnings)
            _warnings.Add(reason);
        return FeelNull.Value;
    }

    private static FeelEvaluationException RegexTimeExceeded() =>
        new(
            $"The regular expressions take more than {FeelLimits.RegexTime.TotalMilliseconds} ms; simplify them or match shorter text."
        );
}
