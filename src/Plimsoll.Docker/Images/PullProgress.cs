namespace Plimsoll.Docker;

/// <summary>
/// How far a pull has come. The total grows while layers are found, as the engine names a layer's size only when its download begins;
/// null means that no size is known yet. Bytes are those of the compressed download.
/// </summary>
public sealed record PullProgress(string Status, int LayersDone, int LayersTotal, long BytesDone, long? BytesTotal);
