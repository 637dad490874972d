/** A run leaves the studio. */
export const exporting = {
  exporting: {
    open: 'Export', title: 'Export {name}', text: 'The trained network leaves with everything it needs: weights, columns and how they were scaled, window and horizon. It is run at once on held windows and compared with the studio.',
    format: 'Format', folder: 'Into', choose: 'Choose a folder', go: 'Export', cancel: 'Cancel', close: 'Close', show: 'Show in folder', copy: 'Copy', use: 'How it is used', done: 'Exported',
    exists: 'There is an export of this run at this place already. Replacing it removes everything in its folder.', replace: 'Replace it',
    proof: '{by}: largest difference {absolute}, which is {relative} of the largest prediction, on {n} windows',
    stages: { reading: 'Reading what the run left', making: 'Making the files and comparing them with the studio', writing: 'Writing the files' },
    formats: {
      onnx: { name: 'ONNX', text: 'For ONNX Runtime in Python, JavaScript, C#, C++ and more; also with the scaling inside.' },
      tfjs: { name: 'TensorFlow.js', text: 'A LayersModel for web pages and Node, read by plain TensorFlow.js.' },
      pytorch: { name: 'PyTorch', text: 'Weights as safetensors, a readable model.py and a predict.py that runs on a CSV.' },
      keras: { name: 'Keras 3', text: 'Code that builds the model in Keras and loads its weights.' },
      unroll: { name: 'Unroll', text: 'The whole run as one file, with its data: another Unroll imports it and trains on exactly.' },
      report: { name: 'Report', text: 'A page about the run in one HTML file, and its charts as SVG.' },
      predictions: { name: 'Predictions', text: 'What it predicted and what comes next, as CSV for a spreadsheet; of a text what it wrote.' },
    },
  },
  importing: { done: 'Imported {name}', again: 'Import it again', dataMissing: 'Its data did not come along: open {name}, then import the run again to train on.', button: 'Import a run…' },
};
