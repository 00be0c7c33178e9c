using System.Text.Json;
using Refit;

namespace Integration.Clients;

/// <summary>
/// The HTTP API of the process core, by default on <c>http://127.0.0.1:5100</c>. Every method throws <see cref="ApiException"/> for an
/// answer that is no success; its content is problem details, whose <c>detail</c> says the way out.
/// </summary>
public interface IProcessCoreApi
{
    /// <summary>Deploys a BPMN file; needs the role administrator. The same file again is the same version.</summary>
    /// <param name="bpmn">The file.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The first process of the file; all of them in <see cref="Definition.Definitions"/> when there are several.</returns>
    [Post("/definitions")]
    [Headers("Content-Type: application/xml")]
    Task<Definition> DeployAsync([Body] Stream bpmn, CancellationToken cancellation = default);

    /// <summary>What is deployed, by id, the newest version first, without the files.</summary>
    [Get("/definitions")]
    Task<IReadOnlyList<Definition>> DefinitionsAsync(CancellationToken cancellation = default);

    /// <summary>A deployed version with its file.</summary>
    /// <param name="id">BPMN process id.</param>
    /// <param name="version">From 1.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Get("/definitions/{id}/{version}")]
    Task<Definition> DefinitionAsync(string id, int version, CancellationToken cancellation = default);

    /// <summary>Nothing starts the definition any more; what runs goes on. Needs the role administrator.</summary>
    /// <param name="id">BPMN process id.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Post("/definitions/{id}/withdraw")]
    Task<Definition> WithdrawAsync(string id, CancellationToken cancellation = default);

    /// <summary>Starts a process instance; needs the role operator.</summary>
    /// <param name="start">Which process, and what it begins with.</param>
    /// <param name="idempotencyKey">Repeated with the same key, it starts nothing a second time.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Post("/instances")]
    Task<Started> StartAsync(
        [Body] Start start,
        [Header("Idempotency-Key")] string? idempotencyKey = null,
        CancellationToken cancellation = default
    );

    /// <summary>Process instances, the youngest first; <see cref="Pages.Next{T}"/> says where the next page begins.</summary>
    /// <param name="state"><c>running</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>; null for all.</param>
    /// <param name="definition">Only those of this process.</param>
    /// <param name="businessKey">Only those with this key.</param>
    /// <param name="after">Behind which instance the page begins.</param>
    /// <param name="limit">1 to 1000; 100 unless given.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Get("/instances")]
    Task<ApiResponse<IReadOnlyList<InstanceSummary>>> InstancesAsync(
        string? state = null,
        string? definition = null,
        string? businessKey = null,
        string? after = null,
        int? limit = null,
        CancellationToken cancellation = default
    );

    /// <summary>Everything that is known of a process instance.</summary>
    [Get("/instances/{id}")]
    Task<Instance> InstanceAsync(string id, CancellationToken cancellation = default);

    /// <summary>What has happened to a process instance, the oldest first.</summary>
    [Get("/instances/{id}/history")]
    Task<IReadOnlyList<HistoryEntry>> HistoryAsync(string id, CancellationToken cancellation = default);

    /// <summary>Ends a process instance and withdraws its tasks; needs the role operator.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="cancel">The reason.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Post("/instances/{id}/cancel")]
    Task<Instance> CancelAsync(string id, [Body] Cancel cancel, CancellationToken cancellation = default);

    /// <summary>Sets variables of a process instance; those that are not named stay. Needs the role operator.</summary>
    /// <param name="id">The instance.</param>
    /// <param name="variables">An object; its members are set.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Patch("/instances/{id}/variables")]
    Task<Instance> SetVariablesAsync(string id, [Body] JsonElement variables, CancellationToken cancellation = default);

    /// <summary>Delivers a BPMN message, or keeps it for a while; needs the role operator.</summary>
    [Post("/messages")]
    Task<Delivered> SendAsync([Body] Message message, CancellationToken cancellation = default);

    /// <summary>Open incidents, those of the youngest instance first.</summary>
    /// <param name="after">Behind which instance the page begins.</param>
    /// <param name="limit">Of instances: 1 to 1000; 100 unless given.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Get("/incidents")]
    Task<ApiResponse<IReadOnlyList<Incident>>> IncidentsAsync(
        string? after = null,
        int? limit = null,
        CancellationToken cancellation = default
    );

    /// <summary>Has what led to an incident done again; needs the role operator.</summary>
    [Post("/incidents/{id}/retry")]
    Task<Instance> RetryAsync(string id, CancellationToken cancellation = default);

    /// <summary>The contracts of all operations that services have announced.</summary>
    /// <param name="service">Only operations that this service has.</param>
    /// <param name="cancellation">Cancels the call.</param>
    [Get("/contracts")]
    Task<IReadOnlyList<OfferedOperation>> ContractsAsync(
        string? service = null,
        CancellationToken cancellation = default
    );

    /// <summary>The contract of an operation in a version.</summary>
    [Get("/contracts/{operation}/{version}")]
    Task<OfferedOperation> ContractAsync(string operation, int version, CancellationToken cancellation = default);
}
