using Integration.Errors;
using Integration.Hosting;
using Integration.Sdk;

namespace Integration.Templates;

/// <summary>
/// Everything about an operation that can be known without running it: what reference pages are written from, and
/// whatever else is derived from an operation.
/// </summary>
/// <param name="Description">Name, version, effect, pipe.</param>
public sealed record OperationContract(OperationDescription Description)
{
    /// <summary>E.g. <c>s3.put-object</c>.</summary>
    public string Name => Description.Name;

    /// <summary>The project folder of its service, e.g. <c>S3</c>.</summary>
    public string Service => Description.Type.Assembly.GetName().Name!.Split('.')[^1];

    /// <summary>What it does, in Markdown: the summary of its class.</summary>
    public string Summary => Comments.Summary(Description.Type, DocStyle.Markdown);

    /// <summary>What else a process designer should know, in Markdown; may be empty.</summary>
    public string Remarks => Comments.Remarks(Description.Type, DocStyle.Markdown);

    /// <summary>
    /// How the effect of one call depends on its inputs, in Markdown: the summary of
    /// <see cref="Operation{TInput,TOutput}.EffectOf"/>. Empty where it does not.
    /// </summary>
    public string EffectOfInputs =>
        Comments.Summary(Description.Type, nameof(Operation<object, object>.EffectOf), DocStyle.Markdown);

    /// <summary>What a task may and must say.</summary>
    public RecordShape Inputs { get; } = new(Description.InputType);

    /// <summary>What the process gets.</summary>
    public RecordShape Outputs { get; } = new(Description.OutputType);

    /// <summary>Those that it declares; <see cref="OperationDescription.CommonErrors"/> come besides.</summary>
    public IReadOnlyList<RaisesAttribute> Errors => Description.Errors;

    /// <summary>Each of them is run by a test of its service.</summary>
    public IReadOnlyList<ExampleAttribute> Examples => Description.Examples;

    private DocComments Comments => DocComments.Of(Description.Type.Assembly);
}
