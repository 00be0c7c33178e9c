namespace Integration.Sdk;

/// <summary>
/// The steps of the pipeline between which a process can die; what happens then is the table in
/// <c>docs/explanation/reliability.md</c>.
/// </summary>
public enum PipelineStep
{
    /// <summary>The delivery was read as a task.</summary>
    Received,

    /// <summary>The journal was asked and allows the execution.</summary>
    Admitted,

    /// <summary>The intent of a <see cref="Effect.Once"/> call is in the journal; the call comes next.</summary>
    Intended,

    /// <summary>The operation asks another service: question and outer task are recorded; the publish comes next.</summary>
    Asked,

    /// <summary>The question is published and confirmed; the end of the delivery comes next.</summary>
    InnerPublished,

    /// <summary>The answer to a question was read, and belongs to a task that waits.</summary>
    AnswerTaken,

    /// <summary>The answer is recorded; the outer task runs again next.</summary>
    AnswerRecorded,

    /// <summary>The operation has returned or failed.</summary>
    Executed,

    /// <summary>The outcome is in the journal.</summary>
    Recorded,

    /// <summary>The outcome is published and confirmed; the acknowledgement comes next.</summary>
    Published,
}
