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

    /// <summary>The operation has returned or failed.</summary>
    Executed,

    /// <summary>The outcome is in the journal.</summary>
    Recorded,

    /// <summary>The outcome is published and confirmed; the acknowledgement comes next.</summary>
    Published,
}
