using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>What one run of an operation asks: recorded answers are given at once, anything else ends the run.</summary>
[Raises(
    ErrorCategory.Data,
    InnerTaskRejectedException.InnerTaskRejected,
    "A task that this one asked for ended in a business error that this operation does not declare.",
    "Correct the inputs and start anew, or have the operation declare or catch the error."
)]
[Raises(
    ErrorCategory.Data,
    UnexpectedAnswer,
    "The outputs of a task that this one asked for are not what this operation expects.",
    "Compare the versions of the two services."
)]
[Raises(
    ErrorCategory.Data,
    ErrorCodes.MalformedMessage,
    "A task that this one wanted to ask for, or the answer to it, is no event of the contract. The message names the step.",
    "Correct the inputs, or the service that answered."
)]
[Raises(
    ErrorCategory.Data,
    SecretInInputs,
    "The inputs of a task that this one wanted to ask for hold the value of a secret. It was not asked for.",
    "Have the operation name the secret instead: the service that uses it resolves it."
)]
[Raises(
    ErrorCategory.Volumetric,
    ErrorCodes.MessageTooLarge,
    "A task that this one wanted to ask for, or the answer to it, is larger than a message may be. The message names the step.",
    "Pass larger content by reference."
)]
[Raises(
    ErrorCategory.Access,
    MayNotAsk,
    "The broker does not let this service ask for the operation.",
    "Grant the service's user the right to publish it; then repeat the task."
)]
[Raises(
    ErrorCategory.Internal,
    AskedWrongly,
    "The operation has a fault: what it asks is not declared, or not the same in every run. The message names the step.",
    "Report it. Repeating the task changes nothing."
)]
internal sealed partial class Questions(
    OperationDescription operation,
    JournalTask outer,
    IReadOnlyList<AskedTask> asked,
    Asking asking
)
{
    public const string AskedWrongly = "asked-wrongly";
    public const string MayNotAsk = "may-not-ask";
    public const string SecretInInputs = "secret-in-inputs";
    public const string UnexpectedAnswer = "unexpected-answer";

    /// <summary>Every run reads all of them.</summary>
    public const int StepsAtMost = 100;

    private const int LongestStep = 60;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _steps = new(StringComparer.Ordinal);

    /// <summary>The task that asks, with what was decided about it when it asked for the first time.</summary>
    public JournalTask Outer => outer;

    /// <summary>Whether something was asked that has no answer yet: whatever this run came to, the task waits.</summary>
    public bool Waits { get; private set; }

    public async Task<JsonElement> AskAsync(
        string step,
        string name,
        int version,
        object inputs,
        CancellationToken cancellation
    )
    {
        Check(step, name);
        var question = asking.Question(step, outer.Request, (name, version, inputs));
        var known = asked.FirstOrDefault(one => one.Step == step);
        if (known is null)
        {
            asking.CheckDeadline(outer.Request, step);
            known = await asking.RecordAsync(question, outer, cancellation);
        }

        if (!known.Fingerprint.AsSpan().SequenceEqual(question.Fingerprint))
            throw Misuse(
                $"Step '{step}' has asked for '{known.Operation}' version {known.Version} before, and now asks for '{name}' version "
                    + $"{version} or with other inputs. What a step asks must follow from the inputs and from the answers before it."
            );
        if (!known.IsOpen)
            return AnswerReading.OutputsOf(known);

        if (known.State == AskedState.Recorded)
            await asking.PublishAsync(question, known, cancellation);
        // From here on there is an answer to come, whatever becomes of this run.
        Waits = true;
        if (known.State == AskedState.Recorded)
            await asking.NotePublishedAsync(known, outer.Request, cancellation);
        throw new TaskWaitsException(step);
    }

    private void Check(string step, string name)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (step.Length > LongestStep || !StepName().IsMatch(step))
            throw Misuse(
                $"'{step}' is no name for a step: lower case words of letters and digits with hyphens, at most {LongestStep} characters."
            );
        if (!operation.Asks.Contains(name, StringComparer.Ordinal))
            throw Misuse(
                $"Step '{step}' asks for '{name}', which {operation.Type.Name} does not declare: [Asks(\"{name}\")]."
            );
        lock (_lock)
        {
            if (!_steps.Add(step))
                throw Misuse($"Step '{step}' is asked twice in one run; every question needs a name of its own.");
            if (_steps.Count > StepsAtMost)
                throw Misuse($"More than {StepsAtMost} steps in one task.");
        }
    }

    private InternalErrorException Misuse(string message) =>
        new(AskedWrongly, $"'{operation.Name}': {message}") { Retryable = false };

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StepName();
}
